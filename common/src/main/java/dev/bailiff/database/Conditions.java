package dev.bailiff.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a list, with the values of their named parameters. A filter that is not set
 * adds neither a condition nor a value, so that each combination of filters has a plan of its own.
 * A condition of the form {@code :value is null or ...} can hide an index from the planner.
 */
public final class Conditions {

  private final List<String> texts = new ArrayList<>();
  private final List<Consumer<SqlStatement<?>>> values = new ArrayList<>();

  /** Adds a condition without a value. */
  public Conditions and(String condition) {
    texts.add(condition);
    return this;
  }

  /** Adds a condition and its value; adds nothing if the value is null. */
  public Conditions andIfSet(String condition, String name, @Nullable Object value) {
    if (value != null) {
      and(condition).with(name, value);
    }
    return this;
  }

  /** Adds a condition and the array of texts that it names; adds nothing if there are no texts. */
  public Conditions andIfAny(String condition, String name, Collection<String> texts) {
    if (!texts.isEmpty()) {
      and(condition);
      values.add(statement -> statement.bindArray(name, String.class, texts));
    }
    return this;
  }

  /** Adds one more value for a condition that names several. */
  public Conditions with(String name, Object value) {
    values.add(statement -> statement.bind(name, value));
    return this;
  }

  /** Whether all rows match. */
  public boolean isEmpty() {
    return texts.isEmpty();
  }

  /** The {@code where} clause on a line of its own; empty if all rows match. */
  public String where() {
    return isEmpty() ? "" : "where (" + String.join(")\n  and (", texts) + ")\n";
  }

  /** Binds the values to a statement that contains {@link #where()}. */
  public <S extends SqlStatement<S>> S bindTo(S statement) {
    values.forEach(value -> value.accept(statement));
    return statement;
  }
}
