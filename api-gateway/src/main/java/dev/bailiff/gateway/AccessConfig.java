package dev.bailiff.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The block {@code access}: what server admins of the homeserver may, with their own tokens.
 *
 * <pre>
 * key               default
 * admins            true     whether they may use Bailiff's own API, /_bailiff/v1
 * adminsMakeTokens  true     whether they may list, make and revoke tokens of Bailiff's own
 * revokedTokensCancelJobs  false  whether the open jobs of a token that is revoked by a call are cancelled
 * </pre>
 */
public final class AccessConfig {
  @JsonProperty private boolean admins = true;
  @JsonProperty private boolean adminsMakeTokens = true;
  @JsonProperty private boolean revokedTokensCancelJobs;

  /** Whether server admins may use Bailiff's own API. */
  public boolean admins() {
    return admins;
  }

  /** Whether server admins may list, make and revoke tokens. */
  public boolean adminsMakeTokens() {
    return adminsMakeTokens;
  }

  /** Whether the open jobs of a token go with it when a call revokes it. */
  public boolean revokedTokensCancelJobs() {
    return revokedTokensCancelJobs;
  }
}
