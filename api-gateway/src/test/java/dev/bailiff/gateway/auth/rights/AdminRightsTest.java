package dev.bailiff.gateway.auth.rights;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.error.ApiException;
import org.junit.jupiter.api.Test;

class AdminRightsTest {
  private static final String TOKENS = "_bailiff/v1/tokens";

  @Test
  void tokensMayBeLeftToThoseWhoHaveOne() throws NoSuchMethodException {
    var rights = new AdminRights(true, false);

    assertThatThrownBy(() -> rights.require(needs("tokens"), TOKENS))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("may not make tokens");
    assertThatCode(() -> rights.require(needs("jobs"), "_bailiff/v1/jobs"))
        .doesNotThrowAnyException();
  }

  private static Needs needs(String method) throws NoSuchMethodException {
    return Calls.class.getDeclaredMethod(method).getAnnotation(Needs.class);
  }

  private interface Calls {
    @Needs(Scope.TOKENS_ADMIN)
    void tokens();

    @Needs(Scope.JOBS_READ)
    void jobs();
  }
}
