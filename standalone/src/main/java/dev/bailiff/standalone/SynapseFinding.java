package dev.bailiff.standalone;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a Synapse that Bailiff can work on.
 *
 * @param account the server admin that the token belongs to
 * @param redactsByAppservice whether an application service acts as the users whose events are
 *     redacted
 * @param warnings sentences about token files that others may read
 * @param purgeWay how large rooms are purged, in one sentence; null without Synapse's database
 * @param mediaWay whether files may go along that nothing else shows, in one sentence; null without
 *     Synapse's database
 */
record SynapseFinding(
    String serverName,
    String version,
    String account,
    boolean redactsByAppservice,
    List<String> warnings,
    @Nullable String purgeWay,
    @Nullable String mediaWay) {

  /** Some lines for the person at the terminal. */
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
        + (purgeWay == null ? "" : "\n" + purgeWay)
        + (mediaWay == null ? "" : "\n" + mediaWay)
        + warnings.stream().map(warning -> "\n" + warning).collect(Collectors.joining());
  }
}
