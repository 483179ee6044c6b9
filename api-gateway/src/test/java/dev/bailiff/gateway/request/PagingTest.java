package dev.bailiff.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows a page has, and whether there are more. */
class PagingTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0, 100",
    "from=7, 7, 100",
    "limit=0, 0, 0",
    "limit=10000, 0, 10000",
    "limit=10001, 0, 10000",
    "from=9223372036854775807&limit=9223372036854775807, 9223372036854775807, 10000"
  })
  void pageIsAtMostTenThousandRows(String query, long from, long limit) {
    assertThat(Paging.parse(QueryParameters.parse(query))).isEqualTo(new Paging(from, limit));
  }

  @Test
  void limitThatWasCutLeavesRowsForTheNextPage() {
    var paging = Paging.parse(QueryParameters.parse("limit=20000"));

    assertThat(paging.hasMore(10_001)).isTrue();
    assertThat(paging.hasMore(10_000)).isFalse();
  }

  @Test
  void endBeyondTheGreatestNumberIsNoMore() {
    assertThat(new Paging(Long.MAX_VALUE, Long.MAX_VALUE).hasMore(5)).isFalse();
    assertThat(new Paging(4, Long.MAX_VALUE).hasMore(5)).isFalse();
    assertThat(new Paging(4, 0).hasMore(5)).isTrue();
  }
}
