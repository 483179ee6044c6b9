package dev.bailiff.homeserver.store.snapshot;

import com.fasterxml.jackson.core.JsonToken;
import dev.bailiff.database.PostgresText;
import dev.bailiff.homeserver.store.snapshot.JsonFields.Value;
import org.jspecify.annotations.Nullable;

/**
 * A key of a record and the column of the same name that it goes to.
 *
 * @param orElse the value where an optional key is missing
 */
record RecordColumn(String name, Type type, boolean required, @Nullable Object orElse) {

  /** The type of a key's value. */
  enum Type {
    TEXT("text", String.class),
    FLAG("boolean", Boolean.class),
    NUMBER("bigint", Long.class),
    JSON("json", String.class),
    /** Bytes, written as hexadecimal digits. */
    BYTES("bytea", String.class);

    final String sql;
    final Class<?> java;

    Type(String sql, Class<?> java) {
      this.sql = sql;
      this.java = java;
    }
  }

  static RecordColumn text(String name) {
    return new RecordColumn(name, Type.TEXT, true, null);
  }

  static RecordColumn number(String name) {
    return new RecordColumn(name, Type.NUMBER, true, null);
  }

  static RecordColumn flag(String name) {
    return new RecordColumn(name, Type.FLAG, true, null);
  }

  static RecordColumn json(String name) {
    return new RecordColumn(name, Type.JSON, true, null);
  }

  static RecordColumn bytes(String name) {
    return new RecordColumn(name, Type.BYTES, true, null);
  }

  /** The same column, with a key that may be missing. */
  RecordColumn optional() {
    return new RecordColumn(name, type, false, null);
  }

  RecordColumn orElse(Object value) {
    return new RecordColumn(name, type, false, value);
  }

  /** Reads the value to store. */
  @Nullable Object read(JsonFields fields) {
    Value value = fields.find(name);
    if (value == null) {
      if (required) {
        throw new BadRecordException("\"" + name + "\" is missing");
      }
      return orElse;
    }
    return switch (type) {
      case TEXT, BYTES -> storable(name, value.text());
      case JSON -> value.raw();
      case FLAG -> truth(value);
      case NUMBER -> number(value);
    };
  }

  private Boolean truth(Value value) {
    if (!value.token().isBoolean()) {
      throw new BadRecordException("\"" + name + "\" is neither true nor false");
    }
    return value.token() == JsonToken.VALUE_TRUE;
  }

  private Long number(Value value) {
    try {
      if (value.token() == JsonToken.VALUE_NUMBER_INT) {
        return Long.valueOf(value.raw());
      }
    } catch (NumberFormatException e) {
      // beyond 64 bits: reported below
    }
    throw new BadRecordException("\"" + name + "\" is not an integer of 64 bits");
  }

  private static boolean isId(String name) {
    return name.endsWith("_id") || name.equals("alias") || name.equals("address");
  }

  /** PostgreSQL's type {@code text} cannot hold U+0000 or half of a surrogate pair. */
  static String storable(String name, @Nullable String text) {
    if (text == null) {
      throw new BadRecordException("\"" + name + "\" is not a string");
    }
    if (!PostgresText.isStorable(text)) {
      var reason = "\"" + name + "\" has a character that PostgreSQL cannot store";
      throw isId(name) ? new UnstorableIdException(reason) : new BadRecordException(reason);
    }
    return text;
  }
}
