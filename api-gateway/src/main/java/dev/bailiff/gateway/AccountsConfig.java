package dev.bailiff.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How users log in.
 *
 * <pre>
 * key        default  meaning
 * passwords  true     users log in by password, and passwords can be set; else setting one is 403
 * delegated  false    login is the business of an external authentication service: no passwords, no admin flag and no
 *                     login as a user over this API, no new accounts, and no guests in lists
 * </pre>
 */
public final class AccountsConfig {
  @JsonProperty private boolean passwords = true;
  @JsonProperty private boolean delegated;

  /** Whether both keys have their defaults. */
  boolean isDefault() {
    return passwords && !delegated;
  }

  /** Whether passwords are in use here. */
  public boolean passwords() {
    return passwords && !delegated;
  }

  /** Whether login is delegated to an external authentication service. */
  public boolean delegated() {
    return delegated;
  }
}
