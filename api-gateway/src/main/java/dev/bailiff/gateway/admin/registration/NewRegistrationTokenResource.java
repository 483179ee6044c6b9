package dev.bailiff.gateway.admin.registration;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.homeserver.store.registration.RegistrationToken;
import dev.bailiff.homeserver.store.registration.RegistrationTokens;
import dev.bailiff.schemas.api.registration.RegistrationTokenReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Makes registration tokens (admin-api 5.38). */
@Path("/_synapse/admin/v1/registration_tokens/new")
@Produces(MediaType.APPLICATION_JSON)
public final class NewRegistrationTokenResource {
  private final RegistrationTokens tokens;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public NewRegistrationTokenResource(RegistrationTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @POST
  @Needs(Scope.REGISTRATION_WRITE)
  public RegistrationTokenReply make(@Context Call call) {
    var body = new TokenBody(call.body().required(), clock.millis());
    var token = body.token(random);
    var uses = body.usesAllowed();
    var expiry = body.expiryTime();
    @Nullable Long usesAllowed = uses == null ? null : uses.value();
    @Nullable Long expiryAt = expiry == null ? null : expiry.value();
    if (!tokens.add(token, usesAllowed, expiryAt)) {
      throw TokenBody.invalid("Token already exists: " + token);
    }
    return RegistrationTokenResource.reply(
        new RegistrationToken(token, usesAllowed, 0, 0, expiryAt));
  }
}
