using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Accounts.Api.Passwords;
using Accounts.Api.Registration;
using Accounts.Api.Sessions;
using Accounts.Api.Social;
using Accounts.Api.Tokens;
using Accounts.Api.Users;

namespace Accounts.Api.Http;

/// <summary>How answers are written: snake case, absent members left out, by generated code.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, List<string>>))]
[JsonSerializable(typeof(Dictionary<string, List<string>>))]
[JsonSerializable(typeof(DetailResponse))]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(LoginResponse))]
[JsonSerializable(typeof(RefreshResponse))]
[JsonSerializable(typeof(PasswordChangeResponse))]
[JsonSerializable(typeof(SocialProviderResponse[]))]
[JsonSerializable(typeof(SocialBeginResponse))]
[JsonSerializable(typeof(VerificationCheckResponse))]
[JsonSerializable(typeof(EmptyResponse))]
[JsonSerializable(typeof(JwksResponse))]
[JsonSerializable(typeof(MetadataResponse))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Quotes are not escaped as \u0022: an answer is JSON by its type, which nosniff makes browsers believe.</summary>
    public static JsonSerializerOptions Written { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new ApiJson(),
    };

    /// <summary>Makes other options write as <see cref="Written"/> does, types that are not listed here too.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = Written.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = Written.DefaultIgnoreCondition;
        options.NumberHandling = Written.NumberHandling;
        options.Encoder = Written.Encoder;
        options.TypeInfoResolverChain.Insert(0, Default);
    }
}

/// <summary><c>{"detail": "..."}</c></summary>
public sealed record DetailResponse(string Detail);

/// <summary><c>{"message": "..."}</c></summary>
public sealed record MessageResponse(string Message);

/// <summary><c>{}</c></summary>
public sealed record EmptyResponse;
