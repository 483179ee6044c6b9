package dev.bailiff.gateway.job.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.job.KindContracts;
import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveryRoomSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RedactEventsContract contract = new RedactEventsContract();
  private final ParameterSchemas schemas = new ParameterSchemas(KindContracts.load());

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"rooms\": \"*\"}; true",
        "{\"rooms\": [\"*\"]}; true",
        "{\"rooms\": [\"!a:x\"]}; false",
        "{\"rooms\": []}; false",
        "{\"rooms\": null}; false",
        "{}; false"
      })
  void everyRoomIsMeantByAStarAlone(String parameters, boolean every) {
    assertThat(schemas.problem(contract, json(parameters))).isEmpty();

    var read = (RedactEventsParameters) KindContracts.parameters(contract, json(parameters));
    assertThat(read.meansEveryRoom()).isEqualTo(every);
  }

  /** Otherwise one room would be a list of rooms by mistake of the reader. */
  @Test
  void oneRoomIsNoListOfRooms() {
    assertThat(schemas.problem(contract, json("{\"rooms\": \"!a:x\"}"))).isNotEmpty();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
