package dev.bailiff.schemas.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "@crypto-*, @crypto-1:x, true",
    "@crypto-*, @crypto-, true",
    "@crypto-*, @crypt:x, false",
    "*:x, @a:x, true",
    "*a*b*, xxaxxbxx, true",
    "*a*b*, xxbxxaxx, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "a?c, a\uD83D\uDE00c, true",
    "*, '', true",
    "a.c, abc, false",
    "A*, abc, false"
  })
  void matchesWholeTexts(String glob, String text, boolean matches) {
    assertThat(new Glob(glob, false).matches(text)).isEqualTo(matches);
  }

  @Test
  void inNamesTheCaseDoesNotMatter() {
    assertThat(new Glob("*BÄR*", true).matches("ein Bär")).isTrue();
  }

  @Test
  void ordinaryCharactersOfAGlobAreNoWildcardsInSql() {
    assertThat(new Glob("50%_\\*?", false).likePattern()).isEqualTo("50\\%\\_\\\\%_");
  }

  @Test
  void prefixEndsAtTheFirstWildcard() {
    assertThat(new Glob("@a-*-b*", false).prefix()).isEqualTo("@a-");
    assertThat(new Glob("@a:x", false).prefix()).isEqualTo("@a:x");
    assertThat(new Glob("Free*", true).prefix()).isEmpty();
  }

  @Test
  void manyStarsTakeNoTime() {
    var glob = new Glob("a*".repeat(500) + "b", false);

    assertThat(glob.matches("a".repeat(1_000))).isFalse();
  }
}
