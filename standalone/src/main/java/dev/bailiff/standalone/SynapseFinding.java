package dev.bailiff.standalone;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a Synapse that Bailiff can work on.
 *
 * @param account the server admin that the token belongs to
 * @param redactsByAppservice whether an application service acts as the users whose events are
 *     redacted
 * @param purgeWay how large rooms are purged, in one sentence; null without Synapse's database
 */
record SynapseFinding(
    String serverName,
    String version,
    String account,
    boolean redactsByAppservice,
    @Nullable String purgeWay) {

  /** Two or three lines for the person at the terminal. */
  String inWords(URI url) {
    return "Synapse "
        + version
        + " of "
        + serverName
        + " at "
        + url
        + ", as "
        + account
        + ".\n"
        + (redactsByAppservice
            ? "Redactions go by the application service."
            : "Redactions go through Synapse's own job, as there is no application service.")
        + (purgeWay == null ? "" : "\n" + purgeWay);
  }
}
