using System.Text.Json.Serialization;
using Accounts.Api.Docs;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>What is answered stands in its room: the example, and the code that writes it.</summary>
public sealed class AnswerTests(Postgres postgres)
{
    /// <summary>Each has an example, or it would not compile, and is written by code that its room has generated.</summary>
    [Fact]
    public async Task Every_answer_is_written_by_generated_code()
    {
        await using var server = await TestServer.StartAsync(postgres);
        var endpoints = server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints);
        var types = endpoints.SelectMany(endpoint => endpoint.Metadata.OfType<ISuccess>())
            .Where(success => success.Example is not null).Select(success => success.Type!).ToArray();
        var options = server.Services.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        Assert.Contains("RefreshResponse", types.Select(type => type.Name));
        Assert.All(types, type => Assert.True(options.GetTypeInfo(type).OriginatingResolver is JsonSerializerContext, type.Name));
    }
}
