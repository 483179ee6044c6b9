package dev.bailiff.gateway.conformance;

import dev.bailiff.gateway.Client;
import dev.bailiff.gateway.RunningGateway;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import dev.bailiff.testing.homeserver.MediaRows;
import dev.bailiff.testing.homeserver.RoomRows;
import dev.bailiff.testing.homeserver.UserRows;
import io.dropwizard.testing.ConfigOverride;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One gateway on the records of {@link Community} for all conformance tests of this JVM.
 *
 * <pre>{@code
 * @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();
 * }</pre>
 *
 * <p>Tests here read the content of the snapshot and change only users and rooms of their own
 * making. A test that lists all users must therefore look only at its own. No worker runs beside
 * the gateway: a job stays queued unless the test moves it. A test that needs other settings or
 * changes the community uses a gateway of its own, {@link RunningGateway#onCommunity}.
 */
public final class CommunityGateway implements BeforeAllCallback {
  private static final AtomicInteger NEXT = new AtomicInteger(1);

  /** Authentication and the admin check come before anything else (admin-api 1.3). */
  public static final List<String> REFUSED =
      List.of("401 M_MISSING_TOKEN", "401 M_UNKNOWN_TOKEN", "403 M_FORBIDDEN");

  private static final String ADMIN_TOKEN = "community-admin";

  private RunningGateway running;

  private CommunityGateway() {}

  public static CommunityGateway shared() {
    return new CommunityGateway();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(CommunityGateway.class))
            .getOrComputeIfAbsent(Started.class, key -> Started.by(context), Started.class)
            .gateway();
  }

  /** A client with a token of the server admin {@code @admin}. */
  public Client admin() {
    return new Client(running.port(), ADMIN_TOKEN);
  }

  /** A client without a token. */
  public Client nobody() {
    return running.nobody();
  }

  /** A client with any token. */
  public Client with(String token) {
    return new Client(running.port(), token);
  }

  /**
   * The answers of a call of server admins, sent with a body that is no JSON, to three strangers:
   * one without a token, one with an unknown token, and one whose token is that of no admin. {@link
   * #REFUSED} is right.
   */
  public List<String> strangers(String method, String target) {
    var body = method.equals("GET") ? null : "{";
    return Stream.of(nobody(), with("never-given-out"), with(newToken(newUser("stranger"), null)))
        .map(client -> client.send(method, target, body).outcome())
        .toList();
  }

  /** The gateway's database. */
  public Jdbi jdbi() {
    return running.jdbi();
  }

  /** The gateway itself. */
  public RunningGateway running() {
    return running;
  }

  /** A name that nobody has yet, to be the localpart of an id. */
  public String newName(String prefix) {
    return prefix + "-" + NEXT.getAndIncrement();
  }

  /** A new user, with nothing but an id; returns the id. */
  public String newUser(String prefix) {
    var user = Community.user(newName(prefix));
    return users().account(user);
  }

  /** A new device of a user. */
  public void addDevice(String user, String device) {
    users().device(user, device);
  }

  /** A new token of a user; the device may be null, and need not exist. */
  public String newToken(String user, String device) {
    var token = UUID.randomUUID().toString();
    users().token(user, device, token, null);
    return token;
  }

  /** A new room of a user. */
  public MadeRoom newRoom(String creator) {
    return MadeRoom.by(jdbi(), newName("!made") + ":" + Community.SERVER, creator);
  }

  /** Makes rows of accounts and their sessions. */
  public UserRows users() {
    return new UserRows(jdbi());
  }

  /** Makes rows of rooms. */
  public RoomRows rooms() {
    return new RoomRows(jdbi());
  }

  /** Makes rows of media. */
  public MediaRows media() {
    return new MediaRows(jdbi());
  }

  /** Runs a statement against the gateway's database; returns the number of rows. */
  public int execute(String sql, Object... arguments) {
    return jdbi().withHandle(handle -> handle.execute(sql, arguments));
  }

  /** A value of the gateway's database: first column of the first row, as text; may be null. */
  public String value(String sql, Object... arguments) {
    return jdbi()
        .withHandle(handle -> handle.select(sql, arguments).mapTo(String.class).findFirst())
        .orElse(null);
  }

  /** How many rows a query finds. */
  public int count(String sql, Object... arguments) {
    return jdbi()
        .withHandle(handle -> handle.select(sql, arguments).mapTo(String.class).list())
        .size();
  }

  /** Stops with the last class of the JVM. */
  private record Started(RunningGateway gateway, ExtensionContext context)
      implements AutoCloseable {

    static Started by(ExtensionContext context) {
      // Every login of these tests comes from one address.
      var gateway =
          RunningGateway.onCommunity(
              ConfigOverride.config("limits.loginBurst", "100000"),
              ConfigOverride.config("wellKnown.homeserver", "https://matrix.chat.example"),
              ConfigOverride.config("wellKnown.identityServer", "https://id.chat.example"));
      try {
        gateway.beforeAll(context);
      } catch (Exception e) {
        throw new IllegalStateException("the gateway does not start", e);
      }
      new UserRows(gateway.jdbi()).token(Community.user("admin"), ADMIN_TOKEN);
      return new Started(gateway, context);
    }

    @Override
    public void close() {
      gateway.afterAll(context);
    }
  }
}
