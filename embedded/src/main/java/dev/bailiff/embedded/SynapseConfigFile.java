package dev.bailiff.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes {@code homeserver.yaml} and the files that it names. Secrets are made once a folder. */
record SynapseConfigFile(SynapseSettings settings, Path folder) {
  private static final int SECRET_BYTES = 32;

  /** Writes the files for a start on this port. Returns the configuration. */
  Path write(int port) {
    try {
      var file = folder.resolve("homeserver.yaml");
      secret("signing.key", SynapseConfigFile::newSigningKey);
      Files.writeString(folder.resolve("log.yaml"), logging());
      write(file, text(port));
      return file;
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot write the configuration of Synapse in " + folder + ": " + FileFailure.inWords(e),
          e);
    }
  }

  /** The secret by which accounts are registered. */
  String registrationSecret() {
    return secretOr("registration.secret");
  }

  /** The file that Synapse logs to. */
  Path log() {
    return folder.resolve("homeserver.log");
  }

  private String text(int port) {
    var database = settings.database();
    return String.join(
            "\n",
            "server_name: " + quoted(settings.serverName()),
            "pid_file: " + quoted(folder.resolve("homeserver.pid")),
            "listeners:",
            "  - port: " + port,
            "    type: http",
            "    tls: false",
            "    x_forwarded: true",
            "    bind_addresses: ['127.0.0.1']",
            "    resources: [{names: [client]}]",
            "database:",
            "  name: psycopg2",
            "  args:",
            "    host: " + quoted(database.host()),
            "    port: " + database.port(),
            "    database: " + quoted(database.name()),
            "    user: " + quoted(database.user()),
            "    password: " + quoted(database.password()),
            "    cp_min: 1",
            "    cp_max: 10",
            "log_config: " + quoted(folder.resolve("log.yaml")),
            "media_store_path: " + quoted(folder.resolve("media")),
            "signing_key_path: " + quoted(folder.resolve("signing.key")),
            "registration_shared_secret: " + quoted(registrationSecret()),
            "macaroon_secret_key: " + quoted(secretOr("macaroon.secret")),
            "form_secret: " + quoted(secretOr("form.secret")),
            "report_stats: false",
            "trusted_key_servers: []",
            "suppress_key_server_warning: true",
            "presence: {enabled: false}",
            "bcrypt_rounds: 4",
            "app_service_config_files: "
                + settings.registrations().stream()
                    .map(file -> quoted(file.toAbsolutePath()))
                    .collect(Collectors.joining(", ", "[", "]")),
            limits())
        + "\n";
  }

  private String limits() {
    var limit =
        "{per_second: "
            + settings.limits().perSecond()
            + ", burst_count: "
            + settings.limits().burst()
            + "}";
    var flat =
        List.of("rc_message", "rc_registration", "rc_admin_redaction", "rc_room_creation").stream()
            .map(key -> key + ": " + limit);
    var nested =
        List.of(
                List.of("rc_joins", "local", "remote"),
                List.of("rc_login", "address", "account", "failed_attempts"),
                List.of("rc_invites", "per_room", "per_user", "per_issuer"))
            .stream()
            .map(
                keys ->
                    keys.get(0)
                        + ": "
                        + keys.subList(1, keys.size()).stream()
                            .map(key -> key + ": " + limit)
                            .collect(Collectors.joining(", ", "{", "}")));
    return Stream.concat(flat, nested).collect(Collectors.joining("\n"));
  }

  private String logging() {
    return "version: 1\n"
        + "formatters: {plain: {format: '%(asctime)s %(levelname)s %(name)s %(message)s'}}\n"
        + "handlers: {file: {class: logging.FileHandler, formatter: plain, filename: "
        + quoted(log())
        + "}}\n"
        + "root: {level: WARNING, handlers: [file]}\n";
  }

  private String secretOr(String name) {
    try {
      return secret(name, SynapseConfigFile::newSecret);
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot keep a secret of Synapse in " + folder + ": " + FileFailure.inWords(e), e);
    }
  }

  private String secret(String name, Supplier<String> made) throws IOException {
    var file = folder.resolve(name);
    if (!Files.exists(file)) {
      write(file, made.get() + "\n");
    }
    return Files.readString(file).strip();
  }

  private static void write(Path file, String text) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, PrivateAccess.forFile());
    }
    Files.writeString(file, text);
  }

  private static String newSecret() {
    return HexFormat.of().formatHex(random());
  }

  /** A seed of Ed25519 with a name, in the form that Synapse writes itself. */
  private static String newSigningKey() {
    return "ed25519 a_bailiff " + Base64.getEncoder().withoutPadding().encodeToString(random());
  }

  private static byte[] random() {
    var bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static String quoted(Object text) {
    return "'" + text.toString().replace("'", "''") + "'";
  }
}
