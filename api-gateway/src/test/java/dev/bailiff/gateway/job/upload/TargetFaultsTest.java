package dev.bailiff.gateway.job.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.schemas.kind.TargetType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetFaultsTest {
  private static final String OWN = "mxc://chat.example/AbCdEfGh";
  private static final String COPY = "mxc://other.example:8448/AbCdEfGh";

  private final TargetFaults withCopies = faults(true);
  private final TargetFaults withoutCopies = faults(false);

  private static TargetFaults faults(boolean copies) {
    return new TargetFaults(new MediaTargets(() -> Optional.of("chat.example"), copies));
  }

  private static ArrivingTarget target(String id) {
    return ArrivingTarget.inLine(id, 2);
  }

  @Test
  void mediaAreNamedByIdOrUri() {
    for (var id : new String[] {"AbCdEfGh", OWN, COPY, "@ann:chat.example", "*"}) {
      assertThat(withCopies.check(target(id))).as(id).isTrue();
    }

    withCopies.refuse(TargetType.MEDIA);
  }

  @Test
  void urisThatNameNoFileAreRefused() {
    for (var id :
        new String[] {
          "mxc://chat.example",
          "mxc://chat.example/",
          "mxc:///AbCdEfGh",
          OWN + "/x",
          OWN + "?x",
          "mxc://chat.example/../x"
        }) {
      assertThat(withCopies.check(target(id))).as(id).isFalse();
    }
  }

  @Test
  void copiesAreRefusedByNameWhereTheyCannotBeDeleted() {
    assertThat(withoutCopies.check(target(OWN))).isTrue();
    assertThat(withoutCopies.check(target(COPY))).isFalse();

    assertThatThrownBy(() -> withoutCopies.refuse(TargetType.MEDIA))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(
            "Synapse deletes its copies of other servers' media by their age only")
        .hasMessageContaining(COPY);
  }
}
