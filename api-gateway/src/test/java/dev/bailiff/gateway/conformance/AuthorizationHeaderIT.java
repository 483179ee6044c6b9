package dev.bailiff.gateway.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.secret.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens of requests that follow each other on one connection, as behind a proxy. */
@Section({"5.30"})
class AuthorizationHeaderIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  @Test
  void headerIsNotTakenForOneThatWasSentBefore() throws IOException {
    var token = "Q" + gateway.newToken(gateway.newUser("proxied"), null);
    gateway.execute(
        "update homeserver.access_token set token_sha256 = ? where token_sha256 = ?",
        Sha256.of(token),
        Sha256.of(token.substring(1)));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.running().port())) {
      assertThat(status(socket, "Bearer q")).isEqualTo(401);
      assertThat(status(socket, "Bearer " + token)).isEqualTo(200);
      assertThat(status(socket, "BEARER " + token)).isEqualTo(401);
      assertThat(status(socket, "Bearer " + token + " ")).isEqualTo(200);
    }
  }

  private static int status(Socket socket, String authorization) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("HEAD /_matrix/client/v3/account/whoami HTTP/1.1\r\nHost: chat.example\r\nAuthorization: "
                    + authorization
                    + "\r\n\r\n")
                .getBytes(ISO_8859_1));
    var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    var first = reader.readLine();
    for (var line = first; !line.isEmpty(); ) {
      line = reader.readLine();
    }
    return Integer.parseInt(first.split(" ")[1]);
  }
}
