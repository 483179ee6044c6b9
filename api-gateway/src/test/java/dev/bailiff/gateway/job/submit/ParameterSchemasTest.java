package dev.bailiff.gateway.job.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.job.KindContracts;
import dev.bailiff.schemas.kind.DeleteRoomsContract;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterSchemasTest {
  private static final KindContract REDACTION = new RedactEventsContract();

  private final ParameterSchemas schemas = new ParameterSchemas(KindContracts.load());

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'rooms': '*'}",
        "{'rooms': ['!a:x']}",
        "{'rooms': null, 'types': ['m.reaction'], 'contains': 'coins', 'media': 'unused-elsewhere'}",
        "{'types': null, 'contains': null, 'media': null}",
      })
  void choicesOfEventsAreValid(String parameters) {
    assertThat(schemas.problem(REDACTION, json(parameters))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'rooms': '!a:x'}",
        "{'types': []}",
        "{'types': 'm.reaction'}",
        "{'contains': ''}",
        "{'media': 'all'}",
        "{'text': 'coins'}",
      })
  void otherFormsAreRefused(String parameters) {
    assertThat(schemas.problem(REDACTION, json(parameters))).isPresent();
  }

  @Test
  void everyRoomIsReadAsOneWord() {
    var read = (RedactEventsParameters) KindContracts.parameters(REDACTION, json("{'rooms': '*'}"));

    assertThat(read.meansEveryRoom()).isTrue();
    assertThat(KindContracts.parameters(REDACTION, KindContracts.toJson(read))).isEqualTo(read);
  }

  @Test
  void filesOfRoomsThatStayAreRefused() {
    var contract = new DeleteRoomsContract();
    var parameters = json("{'media': 'unused-elsewhere', 'purge': false}");

    assertThat(schemas.problem(contract, parameters)).isEmpty();
    assertThat(
            contract.problem(
                java.util.List.of("!a:x"), KindContracts.parameters(contract, parameters)))
        .hasValueSatisfying(problem -> assertThat(problem).contains("'purge'"));
  }
}
