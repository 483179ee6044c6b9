package dev.bailiff.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.RunningGateway;
import java.util.Arrays;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths of the API that fit more than one route. */
class RouteTableIT {
  private static final String ROOMS = "/_synapse/admin/v2/rooms";

  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  /**
   * The same routes as at the time when the order of the resources decided, which was Synapse's.
   */
  @ParameterizedTest
  @CsvSource({
    "/media/protect/delete, /media/protect/{}, POST",
    "/media/protect/aaaaaa1, /media/protect/{}, POST",
    "/media/unprotect/delete, /media/unprotect/{}, POST",
    "/media/chat.example/delete, /media/{}/delete, POST",
    "/media/chat.example/aaaaaa1, /media/{}/{}, GET",
    "/registration_tokens/new, /registration_tokens/new, POST",
    "/registration_tokens/old, /registration_tokens/{}, GET",
    "/user/redact_status/redact, /user/redact_status/{}, GET",
    "/user/@ann:chat.example/redact, /user/{}/redact, POST",
  })
  void theLiteralDecidesReadFromTheLeft(String path, String route, String method) {
    var found = routes().find("/_synapse/admin/v1" + path).orElseThrow();

    assertThat("/" + String.join("/", found.template().segments()))
        .isEqualTo("/_synapse/admin/v1" + route);
    assertThat(found.serves(method)).isTrue();
  }

  @Test
  void aRoomOfTheNameDeleteStatusIsARoom() {
    var byRoom = gateway.admin().get(ROOMS + "/nonsense/delete_status");

    assertThat(byRoom.outcome()).isEqualTo("400 M_UNKNOWN");
    assertThat(gateway.admin().get(ROOMS + "/delete_status/delete_status").outcome())
        .isEqualTo(byRoom.outcome());
    assertThat(gateway.admin().get(ROOMS + "/delete_status/nonsense").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  private static RouteTable routes() {
    return Arrays.stream(
            gateway.environment().getApplicationContext().getServletHandler().getFilters())
        .map(FilterHolder::getFilter)
        .filter(RoutingFilter.class::isInstance)
        .map(filter -> ((RoutingFilter) filter).routes())
        .findFirst()
        .orElseThrow();
  }
}
