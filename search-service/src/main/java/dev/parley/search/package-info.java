/// Message search of Parley: a projection of the log into Elasticsearch, and its query API.
@NullMarked
package dev.parley.search;

import org.jspecify.annotations.NullMarked;
