using System.Text.Json.Serialization;

namespace Accounts.Api.EmailCodes;

[JsonSerializable(typeof(EmailCodeCheckResponse))]
internal sealed partial class EmailCodesJson : JsonSerializerContext;
