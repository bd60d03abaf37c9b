package io.tulle.examples.retrofit;

import io.tulle.client.Mesh;
import io.tulle.http.MeshCalls;
import java.io.IOException;
import java.nio.file.Path;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.GET;

/** Asks the service {@code catalog} for a book; the only argument is a folder of resources. */
public final class Books {
    interface Catalog {
        @GET("books/{isbn}")
        Call<ResponseBody> book(@retrofit2.http.Path("isbn") String isbn);
    }

    private Books() {}

    /** Prints the book. */
    public static void main(String[] args) throws IOException {
        try (Mesh mesh = Mesh.builder()
                .service("shop/storefront")
                .resources(Path.of(args[0]))
                .build()) {
            Catalog catalog = new Retrofit.Builder()
                    .baseUrl("http://catalog/")
                    .callFactory(MeshCalls.of(mesh, new OkHttpClient()))
                    .build()
                    .create(Catalog.class);
            Response<ResponseBody> answer = catalog.book("9780134685991").execute();
            System.out.println(
                    answer.body() == null ? answer.message() : answer.body().string());
        }
    }
}
