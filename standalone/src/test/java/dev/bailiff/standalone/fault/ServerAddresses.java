package dev.bailiff.standalone.fault;

import java.nio.file.Path;

/**
 * The addresses of a test's servers, and the times of its leases.
 *
 * @param prefix of topics and groups
 * @param leases those of production, or short ones
 */
public record ServerAddresses(
    String jdbcUrl,
    String user,
    String password,
    String bootstrapServers,
    String prefix,
    Leases leases) {

  /** Times of leases, record locks and share sessions. */
  public enum Leases {
    /** The work of a dead worker is due again after some seconds. */
    SHORT(5),
    /** Short, and a segment that fails twice in a row is given up. */
    SHORT_WITH_FEW_ATTEMPTS(2),
    /** Short, for tests in which every death costs all segments in hand an attempt. */
    SHORT_WITH_MANY_ATTEMPTS(100),
    /** The settings of an administrator who changes nothing. */
    OF_PRODUCTION("", "");

    private final String block;
    private final String kafka;

    Leases(int maxAttempts) {
      this(
          "leases: {lease: 4s, statementTimeout: 2s, maxAttempts: "
              + maxAttempts
              + ", republishAfter: 1s, republishAtMost: 5s, retryBackoff: 100ms}",
          """
            lockDuration: 5s
            groupSettings: {share.heartbeat.interval.ms: "1000", share.session.timeout.ms: "6000"}
          """);
    }

    Leases(String block, String kafka) {
      this.block = block;
      this.kafka = kafka;
    }
  }

  /** The part of the YAML that gateway and worker have in common. */
  String common() {
    return """
        database: {url: "%s", user: "%s", password: "%s"}
        %s
        kafka:
          bootstrapServers: "%s"
          topicPrefix: "%s"
        %s
        """
        .formatted(jdbcUrl, user, password, leases.block, bootstrapServers, prefix, leases.kafka);
  }

  /** The YAML of a gateway. */
  public String gateway(int port) {
    return """
        %s
        server:
          applicationConnectors: [{type: http, port: %d, bindHost: 127.0.0.1}]
          adminConnectors: [{type: http, port: 0, bindHost: 127.0.0.1}]
        approvals: "off"
        logging: {level: WARN, loggers: {org.apache.kafka: ERROR, kafka: ERROR, com.zaxxer.hikari: ERROR}}
        """
        .formatted(common(), port);
  }

  /** The YAML of a worker on our own store. */
  String worker(String name, Path mediaFolder) {
    return worker(name) + "mediaFolder: " + mediaFolder + "\n";
  }

  /** The YAML of a worker that knows no homeserver yet. */
  public String worker(String name) {
    return """
        %s
        name: %s
        server:
          applicationConnectors: []
          adminConnectors: [{type: http, port: 0, bindHost: 127.0.0.1}]
        logging: {level: WARN, loggers: {dev.bailiff: INFO}}
        """
        .formatted(common(), name);
  }
}
