/// The golden transcripts of `conformance/`, played to a server or to a client.
///
/// [ClientSide] plays a client against a live server: are the transcripts true? [ServerSide] plays
/// a server to a [ClientUnderTest]: does that client keep the rules?
@NullMarked
package dev.parley.bench.conformance;

import org.jspecify.annotations.NullMarked;
