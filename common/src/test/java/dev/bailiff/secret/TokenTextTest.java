package dev.bailiff.secret;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenTextTest {

  @Test
  void aTokenIsKnownByItsChecksum() {
    var token = TokenText.random();

    assertTrue(TokenText.isToken(token));
    assertNotEquals(token, TokenText.random());
    assertFalse(TokenText.isToken(token.substring(0, token.length() - 1)));
    assertFalse(TokenText.isToken(token.replace("bailiff_", "bailiff-")));
    char last = token.charAt(token.length() - 1);
    assertFalse(
        TokenText.isToken(token.substring(0, token.length() - 1) + (last == 'a' ? 'b' : 'a')));
  }

  @Test
  void otherTextsAreNone() {
    assertFalse(TokenText.isToken(""));
    assertFalse(TokenText.isToken("bailiff_"));
    assertFalse(TokenText.isToken("bailiff_0000000"));
  }
}
