package dev.bailiff.embedded;

import java.util.Map;

/**
 * The only account of an embedded Kafka that asks for a password. Clients use the account, and
 * broker and controller use it between themselves. The mechanism is SCRAM: a stranger who listens
 * at the port while the broker is stopped learns nothing from clients that try to log in.
 *
 * @param user name of the account
 * @param password of the account; not in {@code toString}
 */
public record KafkaAccount(String user, String password) {
  static final String MECHANISM = "SCRAM-SHA-256";
  static final String PROTOCOL = "SASL_PLAINTEXT";

  /** The account {@code bailiff} with this password, for a broker of Bailiff's own. */
  public static KafkaAccount of(String password) {
    return new KafkaAccount("bailiff", password);
  }

  /** The properties that a client needs in addition to the address, by Kafka's names. */
  public Map<String, String> clientProperties() {
    return Map.of(
        "security.protocol", PROTOCOL, "sasl.mechanism", MECHANISM, "sasl.jaas.config", jaas());
  }

  String jaas() {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username="
        + quoted(user)
        + " password="
        + quoted(password)
        + ";";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public String toString() {
    return "KafkaAccount[user=" + user + "]";
  }
}
