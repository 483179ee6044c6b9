package dev.bailiff.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

class ContainNoSqlTest {
  private final ArchRule rule = ArchRuleDefinition.classes().should(new ContainNoSql());

  @Test
  void statementInATextBlockIsFound() {
    assertThat(rule.evaluate(only(WithTextBlock.class)).hasViolation()).isTrue();
  }

  @Test
  void statementBuiltFromPartsIsFound() {
    assertThat(rule.evaluate(only(WithConcatenation.class)).hasViolation()).isTrue();
  }

  @Test
  void sentenceThatSpeaksOfSelectionIsNotSql() {
    assertThat(rule.evaluate(only(WithWords.class)).hasViolation()).isFalse();
  }

  private static JavaClasses only(Class<?> type) {
    return new ClassFileImporter().importClasses(type);
  }

  static class WithTextBlock {
    String statement() {
      return """
          select name
            from homeserver.account
          """;
    }
  }

  static class WithConcatenation {
    String statement(int id) {
      return "Delete from jobs.job where id = " + id;
    }
  }

  static class WithWords {
    // select name from homeserver.account
    static final long TWO_PLACES = 123_456_789_012L;

    String sentence() {
      return "Select a room; update it or delete it.";
    }
  }
}
