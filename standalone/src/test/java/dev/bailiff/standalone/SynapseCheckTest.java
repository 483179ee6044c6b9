package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.embedded.PrivateAccess;
import dev.bailiff.standalone.client.FakeGateway;
import dev.bailiff.standalone.stack.RuntimeInfo.SynapseInfo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers are those of Synapse 1.163.2, without their further keys. */
class SynapseCheckTest {
  private static final String VERSION = "{\"server_version\": \"1.163.2\"}";
  private static final String SELF = "{\"user_id\": \"@ops:chat.example\", \"device_id\": \"D\"}";
  private static final String ACCOUNT = "{\"name\": \"@ops:chat.example\", \"admin\": true}";
  private static final String NO_TOKEN =
      "{\"errcode\": \"M_UNKNOWN_TOKEN\", \"error\": \"Invalid access token passed.\"}";

  private final List<String> passed = new ArrayList<>();
  private FakeGateway synapse;
  private String adminTokenFile;
  private String appserviceTokenFile;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    synapse = FakeGateway.start();
    adminTokenFile = secret("admin", "admin-secret\n");
    appserviceTokenFile = secret("as", "as-secret\n");
  }

  @AfterEach
  void stop() {
    synapse.close();
  }

  @Test
  void everyAnswerIsALine() {
    synapse
        .answers(200, VERSION)
        .answers(200, SELF)
        .answers(200, ACCOUNT)
        .answers(200, "{\"user_id\": \"@ops:chat.example\"}");

    SynapseFinding found = check(appserviceTokenFile).run();

    assertThat(found)
        .isEqualTo(
            new SynapseFinding(
                "chat.example", "1.163.2", "@ops:chat.example", true, List.of(), null, null));
    assertThat(passed).hasSize(4);
    assertThat(synapse.asked())
        .containsExactly(
            "GET /_synapse/admin/v1/server_version null",
            "GET /_matrix/client/v3/account/whoami Bearer admin-secret",
            "GET /_synapse/admin/v2/users/%40ops%3Achat.example Bearer admin-secret",
            "GET /_matrix/client/v3/account/whoami?user_id=%40ops%3Achat.example Bearer as-secret");
  }

  @Test
  void versionThatWasNotTestedIsALineOfItsOwn() {
    synapse
        .answers(200, "{\"server_version\": \"1.170.0\"}")
        .answers(200, SELF)
        .answers(200, ACCOUNT);

    check(null).run();

    assertThat(passed)
        .filteredOn(line -> line.contains("not tested"))
        .singleElement()
        .asString()
        .contains("Synapse 1.170.0, only with 1.163.2");
  }

  @Test
  void tokenFileThatOthersMayReadIsAWarning() throws IOException {
    Files.setPosixFilePermissions(
        Path.of(adminTokenFile), PosixFilePermissions.fromString("rw-r-----"));
    synapse.answers(200, VERSION).answers(200, SELF).answers(200, ACCOUNT);

    SynapseFinding found = check(null).run();

    String warning =
        "The token file "
            + adminTokenFile
            + " can be read or changed by others than its owner: chmod 600 keeps the token secret.";
    assertThat(found.warnings()).containsExactly(warning);
    assertThat(found.inWords(URI.create("http://a"))).endsWith("\n" + warning);
    assertThat(passed).last().isEqualTo("warning              " + warning);
  }

  @Test
  void withoutAnApplicationServiceRedactionsGoThroughSynapse() {
    synapse.answers(200, VERSION).answers(200, SELF).answers(200, ACCOUNT);

    assertThat(check(null).run().redactsByAppservice()).isFalse();
    assertThat(passed).last().asString().contains("none");
  }

  @Test
  void tokenThatSynapseRefusesIsNamedByItsFile() {
    synapse.answers(200, VERSION).answers(401, NO_TOKEN);

    refuses(null, ExitCode.REFUSED, "refuses the token in " + adminTokenFile, "Invalid access");
  }

  @Test
  void tokenOfNoServerAdminIsRefused() {
    synapse
        .answers(200, VERSION)
        .answers(200, SELF)
        .answers(403, "{\"errcode\": \"M_FORBIDDEN\", \"error\": \"You are not a server admin\"}");

    refuses(null, ExitCode.REFUSED, "@ops:chat.example", "no server admin");
  }

  @Test
  void anotherServerIsNoSynapse() {
    synapse.answers(404, "<html>");

    refuses(null, ExitCode.NO_ANSWER, "no Synapse with its admin API", "answers 404");
  }

  @Test
  void proxyWithoutSynapseIsNoAnswer() {
    synapse.answers(502, "<html>");

    refuses(null, ExitCode.NO_ANSWER, "502");
  }

  @Test
  void applicationServiceThatSynapseDoesNotKnowIsRefused() {
    synapse.answers(200, VERSION).answers(200, SELF).answers(200, ACCOUNT).answers(401, NO_TOKEN);

    refuses(appserviceTokenFile, ExitCode.REFUSED, appserviceTokenFile, "restart Synapse");
  }

  @Test
  void tokenOfAUserIsNoApplicationService() {
    synapse.answers(200, VERSION).answers(200, SELF).answers(200, ACCOUNT).answers(200, SELF);

    refuses(appserviceTokenFile, ExitCode.REFUSED, "not of an application service");
  }

  @Test
  void applicationServiceThatCannotActAsUsersIsRefused() {
    synapse
        .answers(200, VERSION)
        .answers(200, SELF)
        .answers(200, ACCOUNT)
        .answers(
            403,
            "{\"errcode\": \"M_FORBIDDEN\", \"error\": \"Application service cannot masquerade\"}");

    refuses(appserviceTokenFile, ExitCode.REFUSED, "cannot act as @ops:chat.example", "namespace");
  }

  private String secret(String name, String text) throws IOException {
    Path file = Files.createFile(folder.resolve(name), PrivateAccess.forFile());
    return Files.writeString(file, text).toString();
  }

  private void refuses(String appservice, int exitCode, String... words) {
    assertThatThrownBy(() -> check(appservice).run())
        .isInstanceOfSatisfying(
            CommandException.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(exitCode))
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("secret");
  }

  private SynapseCheck check(String appservice) {
    return new SynapseCheck(
        new SynapseInfo(URI.create(synapse.address().toString()), adminTokenFile, appservice, null),
        passed::add);
  }
}
