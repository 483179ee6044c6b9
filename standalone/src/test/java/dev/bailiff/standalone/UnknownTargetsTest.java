package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.schemas.api.TargetReply;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnknownTargetsTest {

  @Test
  void namesThatNothingIsKnownOfAreListedOnce() {
    assertThat(
            UnknownTargets.of(
                List.of(
                    target("@a:x", Map.of("known", "false")),
                    target("@b:x", Map.of("known", "true", "unknown_rooms", "!r:x !s:x")),
                    target("@c:x", Map.of("unknown_rooms", "!s:x")),
                    target("@d:x", Map.of()))))
        .containsExactly("not known to the homeserver:", "  @a:x", "  !r:x", "  !s:x");
  }

  @Test
  void nothingIsSaidWhereAllAreKnown() {
    assertThat(UnknownTargets.of(List.of(target("@a:x", Map.of("known", "true"))))).isEmpty();
  }

  @Test
  void ofALongJobTenOfTheFirstHundredAreShown() {
    var targets =
        Stream.iterate(0, n -> n + 1)
            .limit(100)
            .map(n -> target("@" + n + ":x", Map.of("known", "false")))
            .toList();

    assertThat(UnknownTargets.of(targets))
        .hasSize(11)
        .startsWith("not known to the homeserver, of the first 100:", "  @0:x");
  }

  private static TargetReply target(String name, Map<String, String> facts) {
    return new TargetReply(name, false, null, null, List.of(), facts);
  }
}
