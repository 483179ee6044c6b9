package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.testing.ConfigOverride;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where server admins may not use Bailiff's own API with their own tokens. */
class AdminsKeptAwayIT {
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(ConfigOverride.config("access.admins", "false"));

  @Test
  void serverAdminsUseTheAdminApiAlone() {
    for (var path : new String[] {"jobs", "tokens", "whoami", "workers"}) {
      assertThat(gateway.admin().get("/_bailiff/v1/" + path).outcome())
          .as(path)
          .isEqualTo("403 M_FORBIDDEN");
    }
    assertThat(gateway.admin().get("/_synapse/admin/v2/users").status()).isEqualTo(200);
  }

  @Test
  void tokensOfBailiffsOwnUseBoth() {
    var operator = new Client(gateway.port(), Seed.OPERATOR_TOKEN);

    assertThat(operator.get("/_bailiff/v1/jobs").status()).isEqualTo(200);
    assertThat(operator.get("/_synapse/admin/v2/users").status()).isEqualTo(200);
  }
}
