package dev.bailiff.testing.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks for SQL among the constants of the compiled class, which include text blocks,
 * concatenations and annotation values, but no comments, as comments may quote SQL.
 *
 * <p>Source: Java Virtual Machine Specification 17, 4.4, for the lengths of the constants.
 */
final class ContainNoSql extends ArchCondition<JavaClass> {
  private static final Pattern SQL =
      Pattern.compile(
          "\\b(select\\s.*\\sfrom\\s|insert\\s+into\\s|update\\s+\\S+\\s+set\\s|delete\\s+from\\s)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  ContainNoSql() {
    super("contain no SQL");
  }

  @Override
  public void check(JavaClass javaClass, ConditionEvents events) {
    URI compiled = javaClass.getSource().orElseThrow().getUri();
    try (InputStream in = new BufferedInputStream(compiled.toURL().openStream())) {
      for (String text : texts(in)) {
        if (SQL.matcher(text).find()) {
          events.add(
              SimpleConditionEvent.violated(
                  javaClass, javaClass.getName() + " contains SQL: " + text.strip()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + compiled, e);
    }
  }

  /** All texts of a class file's constant pool, including names of members. */
  static List<String> texts(InputStream classFile) throws IOException {
    DataInputStream in = new DataInputStream(classFile);
    in.skipNBytes(8);
    List<String> texts = new ArrayList<>();
    int count = in.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts.add(in.readUTF());
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // A long or double takes two entries of the pool.
        }
        default -> throw new IOException("unknown constant with tag " + tag);
      }
    }
    return texts;
  }
}
