/** A Retrofit interface over the mesh: {@link io.tulle.examples.retrofit.Books} is what an application writes, {@link io.tulle.examples.retrofit.Show} runs it. */
@NullMarked
package io.tulle.examples.retrofit;

import org.jspecify.annotations.NullMarked;
