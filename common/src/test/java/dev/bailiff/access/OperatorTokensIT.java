package dev.bailiff.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.secret.Sha256;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OperatorTokensIT {
  private static final String HERE = "127.0.0.1";

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private Jdbi jdbi;
  private OperatorTokens tokens;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    tokens = new OperatorTokens(jdbi);
  }

  @Test
  void aNewTokenOfAFolderTakesTheOldOneAwayAndNoOther() {
    tokens.setOfFolder("admin-token", Sha256.of("first"));
    tokens.issue(NewToken.unbounded("admin-token"));
    tokens.issue(NewToken.unbounded("bot"));

    tokens.setOfFolder("admin-token", Sha256.of("second"));

    assertThat(tokens.find(Sha256.of("first"), HERE)).isEmpty();
    assertThat(tokens.find(Sha256.of("second"), HERE)).isPresent();
    assertThat(tokens.list()).hasSize(3);
  }

  /** A release before knew no tokens of folders, but always gave them this name. */
  @Test
  void theTokenOfAFolderOfTheReleaseBeforeGoesToo() {
    tokens.add("admin-token", Sha256.of("older"));
    tokens.add("bot", Sha256.of("bot"));
    jdbi.useHandle(handle -> handle.execute("update access.operator_token set scopes = null"));

    tokens.setOfFolder("admin-token", Sha256.of("newer"));

    assertThat(tokens.find(Sha256.of("older"), HERE)).isEmpty();
    assertThat(tokens.find(Sha256.of("bot"), HERE).orElseThrow().terms().isLegacy()).isTrue();
    assertThat(tokens.find(Sha256.of("newer"), HERE).orElseThrow().terms().effectiveScopes())
        .isEqualTo(Scopes.ALL);
  }

  @Test
  void theSameTokenOfAFolderGetsEveryScopeAndKeepsItsPlace() {
    tokens.add("admin-token", Sha256.of("same"));
    jdbi.useHandle(handle -> handle.execute("update access.operator_token set scopes = null"));

    tokens.setOfFolder("admin-token", Sha256.of("same"));

    assertThat(tokens.list())
        .singleElement()
        .satisfies(token -> assertThat(token.ofFolder()).isTrue());
  }

  @Test
  void termsComeBackAsTheyWereStored() {
    var terms =
        new TokenTerms(
            Scopes.of(Scope.JOBS_READ), List.of("@a*:x", "!b"), 7, List.of("10.0.0.0/8"), null);

    var token = tokens.issue(new NewToken("bot", "for spam", terms, "@admin:x"));

    assertThat(tokens.find(Sha256.of(token), HERE).orElseThrow().terms()).isEqualTo(terms);
    assertThat(tokens.list())
        .singleElement()
        .satisfies(
            listed -> {
              assertThat(listed.terms()).isEqualTo(terms);
              assertThat(listed.description()).isEqualTo("for spam");
              assertThat(listed.madeBy()).contains("@admin:x");
              assertThat(listed.lastUsedAddress()).contains(HERE);
            });
  }
}
