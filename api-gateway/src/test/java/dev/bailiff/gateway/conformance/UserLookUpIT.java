package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds the user with an id of a provider, or with an address. */
@Section({"4.32", "4.33"})
class UserLookUpIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String PROVIDERS = "/_synapse/admin/v1/auth_providers/";
  private static final String THREEPID = "/_synapse/admin/v1/threepid/";

  @Test
  @Section("4.32")
  void userIsFoundByTheIdAtAProvider() {
    var user = gateway.newUser("external");
    gateway.execute(
        "insert into homeserver.external_id values ('another-auth-provider', 'a:complex@external/id', ?)",
        user);

    assertThat(gateway.admin().get(PROVIDERS + "oidc-corp/users/ada-1000").body())
        .isEqualTo("{\"user_id\":\"@ada:chat.example\"}");
    assertThat(
            gateway
                .admin()
                .get(PROVIDERS + "another-auth-provider/users/a%3Acomplex%40external%2Fid")
                .body())
        .isEqualTo("{\"user_id\":\"" + user + "\"}");
  }

  @ParameterizedTest
  @Section("4.32")
  @ValueSource(
      strings = {
        "oidc-corp/users/ADA-1000",
        "OIDC-corp/users/ada-1000",
        "unknown/users/ada-1000",
        "oidc-corp/users/",
        "/users/ada-1000"
      })
  void idThatIsNotExactlyTheSameFindsNobody(String id) {
    var reply = gateway.admin().get(PROVIDERS + id);

    assertThat(reply.outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(reply.json().path("error").asText()).isEqualTo("User not found");
  }

  @Test
  @Section("4.33")
  void userIsFoundByTheAddressAsItIsStored() {
    var user = gateway.newUser("address");
    gateway.execute(
        "insert into homeserver.threepid values ('email', 'a+b@mail.example', ?, 0, 0)", user);

    assertThat(gateway.admin().get(THREEPID + "email/users/ada@mail.example").body())
        .isEqualTo("{\"user_id\":\"@ada:chat.example\"}");
    assertThat(gateway.admin().get(THREEPID + "email/users/a%2Bb%40mail.example").body())
        .isEqualTo("{\"user_id\":\"" + user + "\"}");
    assertThat(gateway.admin().get(THREEPID + "email/users/a+b@mail.example").outcome())
        .isEqualTo("200");
  }

  @ParameterizedTest
  @Section("4.33")
  @ValueSource(
      strings = {
        "email/users/Ada@mail.example",
        "email/users/%20ada@mail.example",
        "msisdn/users/ada@mail.example",
        "fax/users/1",
        "email/users/"
      })
  void addressInAnotherSpellingFindsNobody(String address) {
    var reply = gateway.admin().get(THREEPID + address);

    assertThat(reply.outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(reply.json().path("error").asText()).isEqualTo("User not found");
  }

  @Test
  void onlyAdminsLookUsersUp() {
    assertThat(gateway.strangers("GET", PROVIDERS + "x/users/y"))
        .isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("GET", THREEPID + "x/users/y"))
        .isEqualTo(CommunityGateway.REFUSED);
  }
}
