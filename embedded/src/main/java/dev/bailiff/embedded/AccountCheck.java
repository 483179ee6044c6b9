package dev.bailiff.embedded;

import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.common.security.token.delegation.internals.DelegationTokenCredentialCallback;
import org.jspecify.annotations.Nullable;

/**
 * Lets one account log in at a listener of the broker: the account in the listener's own login
 * configuration. Kafka's own way keeps accounts in the cluster's metadata. The metadata do not
 * exist yet when broker and controller first meet, and they would keep the password of the last
 * start.
 *
 * <p>Kafka creates this class by its name, one instance for each listener.
 */
public final class AccountCheck implements AuthenticateCallbackHandler {
  /**
   * The lowest count that Kafka's clients accept. The password is random, so guessing is hopeless
   * anyway.
   */
  private static final int ITERATIONS = 4096;

  private @Nullable String user;
  private @Nullable ScramCredential credential;

  @Override
  public void configure(
      Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
    var options = entries.get(0).getOptions();
    user = String.valueOf(options.get("username"));
    try {
      credential =
          new ScramFormatter(ScramMechanism.forMechanismName(mechanism))
              .generateCredential(String.valueOf(options.get("password")), ITERATIONS);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new EmbeddedServerException("this Java does not know " + mechanism, e);
    }
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    String name = null;
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback asked) {
        name = asked.getDefaultName();
      } else if (callback instanceof DelegationTokenCredentialCallback) {
        continue; // no tokens exist; without a credential the login is refused
      } else if (callback instanceof ScramCredentialCallback asked) {
        if (user != null && user.equals(name)) {
          asked.scramCredential(credential);
        }
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  @Override
  public void close() {}
}
