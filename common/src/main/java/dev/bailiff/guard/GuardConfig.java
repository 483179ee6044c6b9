package dev.bailiff.guard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code guard}, the same for gateways and workers: what is left alone, whoever asks.
 *
 * <pre>
 * key            default
 * protected      []       globs of ids of users, rooms and media; one, or several
 * serverNotices  []       the account or room of server notices; one id, or several
 * adminApi                single calls of the admin API, which Synapse itself would carry out:
 *   ownAccount           true   whether they spare the caller's own account
 *   lastAdmin            true   whether they spare the last server admin
 *   applicationServices  true   whether they spare accounts of application services
 * </pre>
 *
 * @param patterns globs, without any of which nothing is protected by its id
 * @param serverNotices ids
 * @param adminApi which rails hold for calls of the admin API
 */
public record GuardConfig(List<String> patterns, List<String> serverNotices, AdminApi adminApi) {

  /** No pattern, and every rail. */
  public static final GuardConfig DEFAULT = new GuardConfig(List.of(), List.of(), AdminApi.DEFAULT);

  public GuardConfig {
    patterns = List.copyOf(patterns);
    serverNotices = List.copyOf(serverNotices);
  }

  /** Reads the block from YAML; absent keys have their defaults. */
  @JsonCreator
  static GuardConfig of(
      @JsonProperty("protected") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          @Nullable List<String> patterns,
      @JsonProperty("serverNotices")
          @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          @Nullable List<String> serverNotices,
      @JsonProperty("adminApi") @Nullable AdminApi adminApi) {
    return new GuardConfig(
        patterns == null ? List.of() : patterns,
        serverNotices == null ? List.of() : serverNotices,
        adminApi == null ? AdminApi.DEFAULT : adminApi);
  }

  /** Which rails hold for single calls of the admin API. */
  public record AdminApi(boolean ownAccount, boolean lastAdmin, boolean applicationServices) {

    /** All of them. */
    public static final AdminApi DEFAULT = new AdminApi(true, true, true);

    /** None: every call is carried out as Synapse does it. */
    public static final AdminApi AS_SYNAPSE = new AdminApi(false, false, false);

    @JsonCreator
    static AdminApi of(
        @JsonProperty("ownAccount") @Nullable Boolean ownAccount,
        @JsonProperty("lastAdmin") @Nullable Boolean lastAdmin,
        @JsonProperty("applicationServices") @Nullable Boolean applicationServices) {
      return new AdminApi(
          !Boolean.FALSE.equals(ownAccount),
          !Boolean.FALSE.equals(lastAdmin),
          !Boolean.FALSE.equals(applicationServices));
    }

    /** The rails that do not hold. */
    public Set<Rail> waived() {
      var waived = EnumSet.noneOf(Rail.class);
      if (!ownAccount) {
        waived.add(Rail.OWN_ACCOUNT);
      }
      if (!lastAdmin) {
        waived.add(Rail.LAST_ADMIN);
      }
      if (!applicationServices) {
        waived.add(Rail.APPLICATION_SERVICE);
      }
      return waived;
    }
  }
}
