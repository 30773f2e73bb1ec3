package io.edgefrontier.dataset;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Text of which no record may be longer than a sample can be, since a record is held in memory. */
final class RecordLimit extends FilterReader {
  private static final long MAX_CHARACTERS = 1 << 26;

  private long sinceRecord;

  RecordLimit(Reader in) {
    super(in);
  }

  /** Says that a record has ended; what was read ahead of it counts for nothing. */
  void recordEnded() {
    sinceRecord = 0;
  }

  @Override
  public int read() throws IOException {
    int c = super.read();
    count(c < 0 ? 0 : 1);
    return c;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    count(Math.max(n, 0));
    return n;
  }

  private void count(int characters) throws IOException {
    sinceRecord += characters;
    if (sinceRecord > MAX_CHARACTERS) {
      throw new IOException(
          "a record of more than %d characters; is a quote not closed?".formatted(MAX_CHARACTERS));
    }
  }
}
