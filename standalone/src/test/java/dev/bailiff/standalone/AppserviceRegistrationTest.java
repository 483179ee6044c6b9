package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class AppserviceRegistrationTest {
  @TempDir Path folder;

  @Test
  void registrationActsAsEveryUserAndIsNeverCalled() {
    Map<String, Object> yaml = read(AppserviceRegistration.yaml("chat.example", "the-token"));

    assertThat(yaml)
        .containsEntry("id", "bailiff")
        .containsEntry("url", null)
        .containsEntry("as_token", "the-token")
        .containsEntry("sender_localpart", "bailiff-appservice")
        .containsEntry("rate_limited", false)
        .containsEntry(
            "namespaces",
            Map.of(
                "users",
                List.of(Map.of("exclusive", false, "regex", "@.*:chat\\.example")),
                "aliases",
                List.of(),
                "rooms",
                List.of()));
    assertThat((String) yaml.get("hs_token")).hasSize(64).doesNotContain("the-token");
  }

  @Test
  void aDotOfTheNameIsNoWildcard() {
    Pattern users = Pattern.compile(regex(AppserviceRegistration.yaml("chat.example", "t")));

    assertThat("@a:chatxexample").doesNotMatch(users);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat.example", "my-host:8448", "1.2.3.4:80", "[2001:db8::1]:8448"})
  void patternFitsThisServerAlone(String serverName) {
    Pattern users = Pattern.compile(regex(AppserviceRegistration.yaml(serverName, "t")));

    assertThat("@a:" + serverName).matches(users);
    assertThat("@a:other.example").doesNotMatch(users);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a'b", "a\nb", "@a:b.example", "https://b.example"})
  void nameThatIsNoneIsRefused(String serverName) {
    assertThatThrownBy(() -> AppserviceRegistration.yaml(serverName, "t"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--server-name");
  }

  @Test
  void tokenIsMadeOnceForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("token");

    String token = new AppserviceTokenFile(file).token();

    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(new AppserviceTokenFile(file).token()).isEqualTo(token);
    assertThat(AppserviceRegistration.yaml("a.b", token))
        .isEqualTo(AppserviceRegistration.yaml("a.b", new AppserviceTokenFile(file).token()));
  }

  @Test
  void tokenOfSomebodyElseIsKept() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "mine\n");

    assertThat(new AppserviceTokenFile(file).token()).isEqualTo("mine");
    assertThat(file).hasContent("mine\n");
  }

  @Test
  void fileOfOtherContentIsRefusedAndKept() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "two lines\nof text\n");

    assertThatThrownBy(() -> new AppserviceTokenFile(file).token())
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("holds no token");
    assertThat(file).hasContent("two lines\nof text\n");
  }

  private static Map<String, Object> read(String yaml) {
    return new Yaml().load(yaml);
  }

  @SuppressWarnings("unchecked")
  private static String regex(String yaml) {
    var namespaces = (Map<String, List<Map<String, Object>>>) read(yaml).get("namespaces");
    return (String) namespaces.get("users").get(0).get("regex");
  }
}
