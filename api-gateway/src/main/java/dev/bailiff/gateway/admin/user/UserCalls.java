package dev.bailiff.gateway.admin.user;

import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.Logins;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.store.account.AccountDataEntries;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.RateLimitOverrides;
import java.util.ArrayList;
import java.util.List;

/** Accounts: lists, changes, flags and limits. */
public record UserCalls(
    Accounts accounts,
    LocalUsers users,
    UserUpsert saving,
    AccountDataEntries accountData,
    RateLimitOverrides overrides,
    Logins logins,
    JobSubmission submission,
    JobWaits waits,
    Guard guard)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    var list = new UserList(accounts, !logins.delegated());
    var resources =
        new ArrayList<Object>(
            List.of(
                new UserResource(accounts, users, list, saving, submission, waits),
                new UserListResource(list),
                new AccountDataResource(users, accountData),
                new ShadowBanResource(accounts, users, guard),
                new SuspensionResource(accounts, users, guard),
                new RateLimitResource(users, overrides)));
    if (!logins.delegated()) {
      resources.add(new PasswordResetResource(accounts, logins.byPassword()));
      resources.add(new AdminFlagResource(accounts, users, guard));
    }
    return resources;
  }
}
