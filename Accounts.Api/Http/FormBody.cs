using System.Text;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Http;

/// <summary>Reads a form body, URL-encoded or multipart; of a repeated name the last value counts, as in Django, unless RFC 6749 says otherwise.</summary>
public static class FormBody
{
    private const int MostMembers = 100;

    public static async Task<Dictionary<string, Field>> ReadUrlEncodedAsync(byte[] body, bool onceEach, CancellationToken cancellation)
    {
        using var reader = new FormReader(new MemoryStream(body)) { ValueCountLimit = MostMembers };
        try
        {
            var form = await reader.ReadFormAsync(cancellation);
            if (onceEach && form.Any(pair => pair.Value.Count > 1))
            {
                throw RequestRefusedException.ParseError("Form", "a parameter is there twice");
            }
            return form.ToDictionary(pair => pair.Key, pair => Text(pair.Value[^1] ?? ""), StringComparer.Ordinal);
        }
        catch (InvalidDataException e)
        {
            throw RequestRefusedException.ParseError("Form", Sentence.Foreign(e.Message));
        }
    }

    public static async Task<Dictionary<string, Field>> ReadMultipartAsync(byte[] body, MediaTypeHeaderValue type, CancellationToken cancellation)
    {
        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 70 } boundary)
        {
            throw RequestRefusedException.ParseError("Multipart form", "Invalid boundary in multipart: None");
        }
        try
        {
            return await ReadSectionsAsync(new MultipartReader(boundary, new MemoryStream(body)), cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw RequestRefusedException.ParseError("Multipart form", Sentence.Foreign(e.Message));
        }
    }

    private static async Task<Dictionary<string, Field>> ReadSectionsAsync(MultipartReader reader, CancellationToken cancellation)
    {
        var members = new Dictionary<string, Field>(StringComparer.Ordinal);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (section.GetContentDispositionHeader() is { } disposition && disposition.Name.HasValue && members.Count < MostMembers)
            {
                members[HeaderUtilities.RemoveQuotes(disposition.Name).Value!] = disposition.IsFileDisposition()
                    ? Field.Unusable()
                    : Text(await ReadAsync(section, cancellation));
            }
        }
        return members;
    }

    /// <summary>UTF-8, whatever the part says of itself, as in Django: the framework believes it, and fails at names like UTF-7.</summary>
    private static async Task<string> ReadAsync(MultipartSection section, CancellationToken cancellation)
    {
        var bytes = new MemoryStream();
        await section.Body.CopyToAsync(bytes, cancellation);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>What was not valid UTF-8 has become U+FFFD on the way; that is no text that anybody typed.</summary>
    private static Field Text(string value) => value.Contains('\uFFFD') ? Field.Unusable() : Field.Of(value);
}
