package dev.bailiff.homeserver.synapse.history;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutOffTest {

  @Test
  void anEventIsLeftWhereTheTimelineBeginsWithItOrBehindIt() {
    var cutOff = new CutOff("$e", 10, 500);

    assertTrue(cutOff.leaves(List.of(event(10, 400))));
    assertFalse(cutOff.leaves(List.of(event(9, 600), event(10, 600))));
  }

  @Test
  void aTimeLeavesTheLastEventBeforeIt() {
    var cutOff = new CutOff(null, 0, 500);

    assertTrue(cutOff.leaves(List.of(event(9, 400), event(10, 500))));
    assertTrue(cutOff.leaves(List.of(event(9, 400), event(9, 410))));
    assertFalse(cutOff.leaves(List.of(event(9, 400), event(10, 410))));
  }

  @Test
  void anEmptyTimelineHasNothingLeft() {
    assertTrue(new CutOff(null, 0, 500).leaves(List.of()));
  }

  private static JsonNode event(long depth, long at) {
    return JsonNodeFactory.instance.objectNode().put("depth", depth).put("origin_server_ts", at);
  }
}
