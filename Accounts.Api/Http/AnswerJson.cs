using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Accounts.Api.Http;

/// <summary>How answers are written: snake case, absent members left out, by code that is generated for each room's own.</summary>
public static class AnswerJson
{
    /// <summary>For errors, which are written outside of any action.</summary>
    public static JsonSerializerOptions Errors { get; } = Configure(new JsonSerializerOptions());

    /// <summary>Quotes are not escaped as \u0022: an answer is JSON by its type, which nosniff makes browsers believe.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.TypeInfoResolverChain.Insert(0, HttpJson.Default);
        return options;
    }

    /// <summary>Adds what is generated for a room's answers, for actions and for the document.</summary>
    public static IServiceCollection AddAnswers(this IServiceCollection services, JsonSerializerContext room) => services
        .Configure<Microsoft.AspNetCore.Mvc.JsonOptions>(json => json.JsonSerializerOptions.TypeInfoResolverChain.Insert(0, room))
        .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, room));
}
