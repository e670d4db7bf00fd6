using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Tests.Http.Recordings;

/// <summary>Tokens of ours with the defects that the original's had when they were sent to it.</summary>
public sealed class ForgedTokens(TestServer server)
{
    private const int MacTextLength = 43;

    private RefreshTokenCodec Codec => server.Services.GetRequiredService<RefreshTokenCodec>();

    private SigningKey SigningKey => server.Services.GetRequiredService<SigningKeyRing>().Active;

    /// <param name="name">of the defect</param>
    /// <param name="access">a good access token</param>
    /// <param name="refresh">a good refresh token</param>
    public string Make(string name, string access, string refresh) => name switch
    {
        "expired-access" => Resign(access, claims => claims["exp"] = claims["iat"]!.GetValue<long>() - 60),
        "access-of-unknown-user" => Resign(access, claims => claims["sub"] = Guid.CreateVersion7().ToString()),
        "access-without-user" => Resign(access, claims => _ = claims.Remove("sub") && claims.Remove("user_id")),
        "access-without-token_type" => Resign(access, claims => claims.Remove("token_type")),
        "access-signed-with-another-key" => Sign(access, SigningKey.Create()),
        "access-with-flipped-signature" => Flip(access),
        "refresh-of-unknown-user" => Codec.Write(Codec.Read(refresh) with { UserId = Guid.CreateVersion7() }),
        "refresh-with-flipped-signature" => Flip(refresh),
        "refresh-without-signature" => refresh[..^MacTextLength],
        _ => throw new ArgumentException($"Nobody knows how to make {{{name}}}.", nameof(name)),
    };

    public RefreshToken Read(string refresh) => Codec.Read(refresh);

    private string Resign(string token, Action<JsonObject> change)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        change(claims);
        return Sign($"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.", SigningKey);
    }

    private static string Sign(string token, SigningKey key)
    {
        var signed = token[..token.LastIndexOf('.')];
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>In the middle of the signature, where every bit of a character counts.</summary>
    private static string Flip(string token) => $"{token[..^20]}{(token[^20] == 'A' ? 'B' : 'A')}{token[^19..]}";
}
