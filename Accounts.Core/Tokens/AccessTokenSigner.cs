using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Tokens;

/// <summary>Issues access tokens: JWT (RFC 7519) of the profile RFC 9068, signed with ES256.</summary>
public sealed class AccessTokenSigner(SigningKeyRing ring, IOptions<TokenOptions> options, IOptions<SiteOptions> site, TimeProvider time)
{
    private readonly string issuer = AccessTokenProfile.Issuer(options.Value, site.Value);
    private readonly string audience = AccessTokenProfile.Audience(options.Value, site.Value);

    public string Sign(AccessTokenSubject subject, TimeSpan lifetime) => Sign(Payload(subject, lifetime));

    /// <summary>For a program, which is nobody and has no session: <c>sub</c> names the client.</summary>
    public string SignMachine(string client, string[] roles, TimeSpan lifetime) => Sign(MachinePayload(client, roles, lifetime));

    private string Sign(ReadOnlySpan<byte> payload) => Jws.Sign(ring.Active, AccessTokenProfile.Type, payload);

    private ReadOnlySpan<byte> Payload(AccessTokenSubject subject, TimeSpan lifetime)
    {
        var json = Scratch.Begin();
        json.WriteStartObject();
        json.WriteString("iss", issuer);
        json.WriteString("aud", audience);
        json.WriteString("client_id", audience);
        json.WriteString("sub", subject.UserId);
        json.WriteString("sid", subject.SessionId);
        WriteTimes(json, lifetime);
        json.WriteNumber("auth_time", subject.AuthTime.ToUnixTimeSeconds());
        json.WriteString("acr", AuthenticationLevel.Of(subject.Amr));
        WriteArray(json, "amr", AuthenticationMethods.Told(subject.Amr));
        json.WriteNumber("ver", subject.Version);
        WriteArray(json, "roles", subject.Roles);
        json.WriteBoolean("email_verified", subject.EmailVerified);
        json.WriteString("token_type", "access");
        json.WriteString("user_id", subject.UserId);
        if (subject.LegacyId is { } legacyId)
        {
            json.WriteString("legacy_id", legacyId);
        }
        if (subject.Profile is { } profile)
        {
            json.WritePropertyName("profile");
            json.WriteRawValue(profile);
        }
        json.WriteEndObject();
        return Scratch.End();
    }

    private ReadOnlySpan<byte> MachinePayload(string client, string[] roles, TimeSpan lifetime)
    {
        var json = Scratch.Begin();
        json.WriteStartObject();
        json.WriteString("iss", issuer);
        json.WriteString("aud", audience);
        json.WriteString("client_id", client);
        json.WriteString("sub", $"{AccessTokenProfile.ClientPrefix}{client}");
        WriteTimes(json, lifetime);
        WriteArray(json, "roles", roles);
        json.WriteString("token_type", "access");
        json.WriteEndObject();
        return Scratch.End();
    }

    private void WriteTimes(Utf8JsonWriter json, TimeSpan lifetime)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        Span<byte> id = stackalloc byte[16];
        Span<byte> text = stackalloc byte[Base64Url.GetEncodedLength(id.Length)];
        RandomNumberGenerator.Fill(id);
        Base64Url.EncodeToUtf8(id, text);
        json.WriteString("jti", text);
        json.WriteNumber("iat", now);
        json.WriteNumber("exp", now + (long)lifetime.TotalSeconds);
    }

    private static void WriteArray(Utf8JsonWriter json, string name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }
        json.WriteEndArray();
    }

    /// <summary>What a payload is written to, one for each thread: it is signed before the next begins.</summary>
    private static class Scratch
    {
        [ThreadStatic]
        private static ArrayBufferWriter<byte>? buffer;

        [ThreadStatic]
        private static Utf8JsonWriter? json;

        public static Utf8JsonWriter Begin()
        {
            buffer ??= new ArrayBufferWriter<byte>(1024);
            json ??= new Utf8JsonWriter(buffer);
            // Also where the one before did not come to its end.
            buffer.ResetWrittenCount();
            json.Reset();
            return json;
        }

        public static ReadOnlySpan<byte> End()
        {
            json!.Flush();
            return buffer!.WrittenSpan;
        }
    }
}
