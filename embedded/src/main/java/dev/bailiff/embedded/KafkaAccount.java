package dev.bailiff.embedded;

import java.util.Map;

/**
 * The one account of an embedded Kafka that asks for a password: of clients, and of broker and
 * controller among themselves. SCRAM, so that whoever listens at the port while the broker is
 * stopped learns nothing from clients that try.
 *
 * @param user name of the account
 * @param password of it; not in {@code toString}
 */
public record KafkaAccount(String user, String password) {
  static final String MECHANISM = "SCRAM-SHA-256";
  static final String PROTOCOL = "SASL_PLAINTEXT";

  /** The account of a broker of ours with this password. */
  public static KafkaAccount of(String password) {
    return new KafkaAccount("bailiff", password);
  }

  /** What a client needs beside the address, by Kafka's names. */
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
