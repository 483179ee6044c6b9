package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reply that the document does not describe is reported, with its place. */
class ReplyContractTest {
  private static final String BLOCK = "/_synapse/admin/v1/rooms/!r:chat.example/block";
  private static final String JOBS = "/_bailiff/v1/jobs";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | 200 | {\"block\": true, \"user_id\": \"@a:chat.example\"}",
        "HEAD   | 200 | ''",
        "PUT    | 200 | {\"block\": true}",
        "GET    | 401 | {\"errcode\": \"M_UNKNOWN_TOKEN\", \"error\": \"x\", \"soft_logout\":"
            + " false}",
        "PUT    | 500 | {\"errcode\": \"M_UNKNOWN\", \"error\": \"x\"}",
        "DELETE | 405 | {\"errcode\": \"M_UNRECOGNIZED\", \"error\": \"Unrecognized request\"}",
        "PUT    | 431 | {\"errcode\": \"M_TOO_LARGE\", \"error\": \"The head of the request is too"
            + " large\"}"
      })
  void replyAsDocumentedPasses(String method, int status, String body) {
    assertThatCode(() -> ReplyContract.check(method, BLOCK + "?x=1", json(status, body)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | 200 | {\"block\": 1}                                           | at '/block'",
        "GET    | 200 | {}                                                       | 'block'",
        "GET    | 200 | {\"block\": false, \"by\": \"@a:chat.example\"}          | 'by'",
        "GET    | 200 | {\"user_id\": \"@a:chat.example\", \"block\": true}      | the keys are"
            + " [user_id, block] and not [block, user_id]",
        "GET    | 404 | {\"errcode\": \"M_NOT_FOUND\", \"error\": \"x\"}         | status is not"
            + " documented",
        "PUT    | 400 | {\"errcode\": \"M_EXCLUSIVE\", \"error\": \"x\"}         | M_EXCLUSIVE is"
            + " not named",
        "GET    | 401 | {\"errcode\": \"M_UNKNOWN_TOKEN\", \"error\": \"x\"}     | soft_logout",
        "DELETE | 200 | {}                                                       | method is not"
            + " documented"
      })
  void replyThatDiffersIsToldWithItsPlace(String method, int status, String body, String place) {
    assertThatThrownBy(() -> ReplyContract.check(method, BLOCK, json(status, body)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(method + " " + BLOCK + " -> " + status)
        .hasMessageContaining(place);
  }

  @Test
  void pathThatIsNotDocumentedMustNotBeServed() {
    assertThatThrownBy(() -> ReplyContract.check("GET", "/_bailiff/v1/secrets", json(200, "{}")))
        .hasMessageContaining("path is not documented");
    assertThatCode(() -> ReplyContract.check("GET", "/metrics", json(200, "{}")))
        .doesNotThrowAnyException();
  }

  @Test
  void headerThatIsPromisedMustBeThere() {
    var body = "{\"job_id\": \"0d7e8f6a-9a51-4bb1-8d3c-0b5c5f0e1d2a\", \"status\": \"scheduled\"}";

    assertThatThrownBy(() -> ReplyContract.check("POST", JOBS, json(202, body)))
        .hasMessageContaining("there is no header");
  }

  @Test
  void mediaTypeThatIsNotDocumentedIsNoticed() {
    var page = new Reply(200, headers("text/html"), "<p>");

    assertThatThrownBy(() -> ReplyContract.check("GET", JOBS, page))
        .hasMessageContaining("text/html");
  }

  private static Reply json(int status, String body) {
    return new Reply(status, headers("application/json"), body.strip());
  }

  private static Map<String, String> headers(String contentType) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", contentType);
    return headers;
  }
}
