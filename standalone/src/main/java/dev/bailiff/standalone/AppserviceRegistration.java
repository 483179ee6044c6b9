package dev.bailiff.standalone;

import dev.bailiff.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The registration of Bailiff's application service, by which it redacts events in the name of
 * their senders.
 */
final class AppserviceRegistration {
  private static final Pattern SERVER_NAME = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");

  /** The characters of a server name that have a meaning in a regular expression. */
  private static final Pattern SPECIAL = Pattern.compile("[.\\[\\]]");

  private AppserviceRegistration() {}

  /**
   * The YAML for Synapse.
   *
   * <p>Synapse sends the second token, {@code hs_token}, with requests to the application service.
   * It sends none, because the registration has no URL. The second token is made from the first, so
   * that the same first token always gives the same registration.
   *
   * @throws CommandException if this cannot be a server's name
   */
  static String yaml(String serverName, String token) {
    if (!SERVER_NAME.matcher(serverName).matches()) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "--server-name is the part of a user's id behind the colon, such as example.org");
    }
    return """
        id: bailiff
        url: null
        as_token: %s
        hs_token: %s
        sender_localpart: bailiff-appservice
        rate_limited: false
        namespaces:
          users:
            - exclusive: false
              regex: '@.*:%s'
          aliases: []
          rooms: []
        """
        .formatted(token, secondToken(token), SPECIAL.matcher(serverName).replaceAll("\\\\$0"));
  }

  private static String secondToken(String token) {
    return HexFormat.of()
        .formatHex(Sha256.of(("bailiff hs_token " + token).getBytes(StandardCharsets.UTF_8)));
  }
}
