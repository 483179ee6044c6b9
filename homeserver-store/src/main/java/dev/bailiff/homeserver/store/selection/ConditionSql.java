package dev.bailiff.homeserver.store.selection;

import dev.bailiff.database.Conditions;
import dev.bailiff.homeserver.store.list.TextSearch;
import dev.bailiff.schemas.filter.ConditionValue.Flag;
import dev.bailiff.schemas.filter.ConditionValue.Globs;
import dev.bailiff.schemas.filter.Glob;
import java.util.ArrayList;
import java.util.List;

/** Turns the values of a filter into conditions in SQL, with their parameters. */
final class ConditionSql {
  private final Conditions conditions = new Conditions();

  Conditions conditions() {
    return conditions;
  }

  /** A condition that is true or not; the value of the flag says which is asked for. */
  void flag(String condition, Flag flag) {
    conditions.and(flag.allows(true) ? condition : "not (" + condition + ")");
  }

  /** A condition with one value. */
  void value(String condition, String name, Object value) {
    conditions.and(condition).with(name, value);
  }

  /** A condition with a list of texts, of which there is at least one. */
  void texts(String condition, String name, List<String> texts) {
    conditions.andIfAny(condition, name, texts);
  }

  /** A text is like one of some globs. */
  void globs(String text, String name, Globs globs) {
    conditions.and(globs(List.of(text), name, globs));
  }

  /**
   * The condition that one of some texts is like one of some globs, for a caller that nests it. The
   * values are bound here.
   */
  String globs(List<String> texts, String name, Globs globs) {
    var any = new ArrayList<String>();
    int number = 0;
    for (var glob : globs.any()) {
      var parameter = name + number++;
      conditions.with(parameter, value(glob));
      texts.forEach(text -> any.add(compare(text, parameter, glob)));
    }
    return String.join(" or ", any);
  }

  private static String value(Glob glob) {
    return glob.isWhole() && !glob.anyCase() ? glob.text() : glob.likePattern();
  }

  private static String compare(String text, String parameter, Glob glob) {
    if (glob.anyCase()) {
      return TextSearch.isLike(text, parameter);
    }
    return text + (glob.isWhole() ? " = :" : " like :") + parameter;
  }
}
