package dev.bailiff.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.Connection;
import org.junit.jupiter.api.Test;

/** A connection whose client waits is read when something can be read, and never before. */
class WaitingClientTest {
  private final CountingEndPoint endPoint = new CountingEndPoint();
  private final HttpLike connection = new HttpLike(endPoint);
  private final AtomicInteger gone = new AtomicInteger();
  private final WaitingClient client = new WaitingClient(connection, gone::incrementAndGet);

  @Test
  void waitingClientIsNotRead() {
    client.begin();

    assertThat(endPoint.fills).isZero();
    assertThat(endPoint.isFillInterested()).isTrue();
    assertThat(client.isGone()).isFalse();
  }

  @Test
  void endOfTheStreamIsTheEndOfTheClient() {
    client.begin();

    endPoint.addInputEOF();

    assertThat(gone).hasValue(1);
    assertThat(client.isGone()).isTrue();
  }

  @Test
  void endBeforeTheWaitIsNoticedWhenItBegins() {
    endPoint.addInputEOF();
    assertThat(gone).hasValue(0);

    client.begin();

    assertThat(gone).hasValue(1);
  }

  @Test
  void connectionThatIsClosedHereIsTheEndOfTheClient() {
    client.begin();

    endPoint.getFillInterest().onFail(new ClosedChannelException());

    assertThat(gone).hasValue(1);
  }

  @Test
  void beginOfTheNextRequestIsGivenBack() {
    client.begin();

    endPoint.addInput("GET");

    assertThat(gone).hasValue(0);
    assertThat(connection.given).isEqualTo("G");
    assertThat(endPoint.isFillInterested()).as("Jetty reads the rest").isFalse();
  }

  @Test
  void answeredClientIsJettysAgain() {
    client.begin();

    client.end();
    endPoint.addInputEOF();

    assertThat(endPoint.isFillInterested()).isFalse();
    assertThat(endPoint.fills).isZero();
    assertThat(gone).hasValue(0);
  }

  @Test
  void clientThatWasAnsweredAlreadyDoesNotWait() {
    client.end();

    client.begin();

    assertThat(endPoint.isFillInterested()).isFalse();
  }

  /** Runs its tasks at once, and counts its reads. */
  private static final class CountingEndPoint extends ByteArrayEndPoint {
    private int fills;

    @Override
    public int fill(ByteBuffer buffer) throws java.io.IOException {
      fills++;
      return super.fill(buffer);
    }

    @Override
    protected void execute(Runnable task) {
      task.run();
    }
  }

  /** Takes back what was read, as Jetty's own connection does. */
  private static final class HttpLike extends AbstractConnection implements Connection.UpgradeTo {
    private String given = "";

    HttpLike(CountingEndPoint endPoint) {
      super(endPoint, Runnable::run);
    }

    @Override
    public void onFillable() {
      throw new AssertionError("nobody asked this connection to read");
    }

    @Override
    public void onUpgradeTo(ByteBuffer buffer) {
      given += StandardCharsets.ISO_8859_1.decode(buffer);
    }
  }
}
