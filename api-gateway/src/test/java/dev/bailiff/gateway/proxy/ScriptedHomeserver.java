package dev.bailiff.gateway.proxy;

import dev.bailiff.duty.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/** Records the bytes of the requests that arrive, and answers each with what a script writes. */
final class ScriptedHomeserver implements AutoCloseable {
  private static final ThreadFactory THREADS = DaemonThreads.named("scripted-homeserver");

  private final ServerSocket server;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private volatile Script script =
      call -> call.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

  /** Answers one request. The connection is closed if it throws. */
  interface Script {
    void run(Call call) throws IOException;
  }

  private ScriptedHomeserver(ServerSocket server) {
    this.server = server;
  }

  static ScriptedHomeserver start() {
    try {
      var started =
          new ScriptedHomeserver(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      THREADS.newThread(started::accept).start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** The script of all further requests. */
  void on(Script next) {
    script = next;
  }

  /** The script that answers these bytes, once the request is read. */
  void answers(String latin) {
    on(
        call -> {
          call.body();
          call.answer(latin);
        });
  }

  /** The heads that arrived, oldest first. */
  List<String> heads() {
    return List.copyOf(heads);
  }

  String lastHead() {
    return heads.get(heads.size() - 1);
  }

  void forget() {
    heads.clear();
  }

  private void accept() {
    try {
      while (true) {
        var socket = server.accept();
        connections.add(socket);
        THREADS.newThread(() -> serve(socket)).start();
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var wire = new Wire(socket.getInputStream());
      while (true) {
        var head = wire.head();
        if (head.isEmpty()) {
          return;
        }
        heads.add(head);
        script.run(new Call(head, wire, socket));
      }
    } catch (IOException e) {
      // the test sees it at the other end
    } finally {
      connections.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : connections) {
      socket.close();
    }
  }

  /** One request and its connection. */
  record Call(String head, Wire wire, Socket socket) {

    byte[] body() throws IOException {
      return wire.body(head);
    }

    void answer(String latin) throws IOException {
      socket.getOutputStream().write(Wire.bytes(latin));
      socket.getOutputStream().flush();
    }
  }
}
