package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTextTest {

  @Test
  void filterOfTheSpamWaveIsItsJson() {
    assertThat(json("created>-24h user_id=@crypto-* ip=203.0.113.0/24"))
        .isEqualTo("{'created_after':'-24h','user_id':'@crypto-*','ip':'203.0.113.0/24'}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "last_access<-90d  size>1MB           | {'last_access_before':'-90d','size_more_than':'1MB'}",
        "created<2026-11-01T00:00:00+01:00    | {'created_before':'2026-11-01T00:00:00+01:00'}",
        "created_after=-1h                    | {'created_after':'-1h'}",
        "last_seen>-1h last_seen<-1m          | {'last_seen_after':'-1h','last_seen_before':'-1m'}",
        "members>=2 members<=5                | {'members_at_least':2,'members_at_most':5}",
        "local_members<=0 activity<-1w        | {'local_members_at_most':0,'no_activity_since':'-1w'}",
        "never_seen admin=false               | {'never_seen':true,'admin':false}",
        "deactivated=true,false               | {'deactivated':[true,false]}",
        "ip=10.0.0.1,::1                      | {'ip':['10.0.0.1','::1']}",
        "displayname=\"Free money, now*\"     | {'displayname':'Free money, now*'}",
        "name=a,\"b, c\"                      | {'name':['a','b, c']}",
        "user_type=                           | {'user_type':''}",
        "user_type=,bot                       | {'user_type':['','bot']}",
        "members_at_most=few                  | {'members_at_most':'few'}",
        "shoe_size=44                         | {'shoe_size':'44'}"
      })
  void everyFormIsItsJson(String text, String expected) {
    assertThat(json(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~                   | there is no condition",
        "created              | 'created' has no value",
        "size<1MB             | 'size<' is no condition",
        "admin admin=false    | 'admin' comes twice",
        "=5                   | '=5' does not begin with a condition",
        "name=\"open          | does not begin with a condition"
      })
  void whatIsNoFilterIsRefused(String text, String why) {
    assertThatThrownBy(() -> FilterText.parse(text))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(why);
  }

  private static String json(String text) {
    return FilterText.parse(text).toString().replace('"', '\'');
  }
}
